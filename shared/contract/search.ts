import { oc } from '@orpc/contract';
import { z } from 'zod';
import { recordIdSchema } from '../ids.ts';
import { objectNameSchema } from '../objects/objects.ts';

export const searchHitSchema = z.object({
  object: objectNameSchema,
  id: recordIdSchema,
  title: z.string(),
  /** The account of a contact or a deal, the domain of an account, ... */
  subtitle: z.string().nullable(),
  /** Further fields with their values as the contract carries them, which tell records of one name apart. */
  details: z.array(z.object({ field: z.string(), value: z.string() })),
  /** The field that matched. */
  matched: z.string(),
  isTrashed: z.boolean(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchContract = {
  /** Names, emails, domains and phone digits, as typed so far. Best first. */
  quick: oc
    .input(
      z.object({
        text: z.string().max(200),
        objects: z.array(objectNameSchema).optional(),
        limit: z.int().min(1).max(50).default(20),
      }),
    )
    .output(z.array(searchHitSchema)),
};
