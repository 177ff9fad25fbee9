import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const Movies = z.array(
  z.object({
    Title: z.union([z.string(), z.number()]).nullable(),
    "IMDB Rating": z.number().nullable(),
    "IMDB Votes": z.number().nullable(),
  }),
);

/** A film as a work that people saw and liked: votes and rating of IMDb, scaled. */
export type Film = {
  /** `film-0001` and up, the same at every start. */
  id: string;
  title: string;
  authorId: string;
  likes: number;
  impressions: number;
  uniqueViewers: number;
};

/** The films of the `vega-datasets` package that have a rating and votes, about 3,000. */
export async function readFilms(): Promise<Film[]> {
  const root = fileURLToPath(new URL("../../node_modules/vega-datasets", import.meta.url));
  const movies = Movies.parse(JSON.parse(await readFile(join(root, "data", "movies.json"), "utf8")));
  return movies.flatMap((movie, index) => {
    const { Title: title, "IMDB Rating": rating, "IMDB Votes": votes } = movie;
    if (title === null || !rating || !votes) return [];
    const impressions = Math.ceil(votes / 10);
    return {
      id: `film-${String(index + 1).padStart(4, "0")}`,
      title: String(title),
      authorId: `author-${String(((index * 7919) % 997) + 1).padStart(4, "0")}`,
      likes: Math.round((impressions * rating) / 10),
      impressions,
      uniqueViewers: Math.floor((impressions * (60 + (index % 37))) / 100),
    };
  });
}
