import { configure } from '@testing-library/react';

// Tests await what a person would see; this only ends one that waits in vain, also on a machine that is busy.
configure({ asyncUtilTimeout: 15_000 });
