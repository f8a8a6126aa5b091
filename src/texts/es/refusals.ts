/** What a refusal says beyond the words of its code. */
export const refusals = {
  fileType: 'Se detectó {{detected}}. Se admiten: {{allowed}}.',
} as const;
