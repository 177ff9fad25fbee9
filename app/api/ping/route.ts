/** A constant answer: tells that the process serves, and is the floor that benchmarks measure against. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}

export const dynamic = "force-dynamic";
