import { z } from 'zod';

// Zod compiles schemas with `new Function`, which the content security policy refuses and reports. Must run before
// any schema is used, so it is the first import of `main.tsx`.
z.config({ jitless: true });
