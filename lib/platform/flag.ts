import { z } from "zod";

/** A yes or no: routes and the CLI hand it over as text, JSON bodies as a boolean. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")], {
  error: "must be true or false",
});
