import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verifyToken } from "@/lib/platform/tokens";
import type { Postgres } from "@/scripts/local/postgres";
import { type Supabase, startSupabase } from "@/scripts/local/supabase";
import { createTestDatabase, startTestPostgres, TEST_POSTGRES_URL } from "@/scripts/local/test-database";
import { makeSigningKey } from "@/tests/support/auth-keys";

const MIGRATION = `
  create table public.shelves (id text primary key);
  create table public.books (
    id text primary key,
    shelf_id text not null references public.shelves (id),
    pages integer not null,
    price numeric(6, 5),
    printed_at timestamptz,
    constraint pages_are_positive check (pages > 0)
  );
  alter table public.books enable row level security;
  revoke all on public.shelves, public.books from anon, authenticated;
  grant select, insert on public.shelves, public.books to service_role;
  create function public.fail_with(p_code text) returns void language plpgsql as $$
  begin
    raise exception 'failed as asked' using errcode = p_code, detail = 'a detail', hint = 'a hint';
  end $$;
  create function public.describe(p_rows jsonb) returns text language sql as $$ select jsonb_typeof(p_rows) $$;
  create function public.count_missing(p_ids text[], p_counts bigint[], p_scores numeric[]) returns jsonb language sql as $$
    select jsonb_build_object('rows', count(*), 'missing', count(*) filter (where c is null), 'sum', sum(s))
    from unnest(p_ids, p_counts, p_scores) as t (i, c, s)
  $$;
  create function public.length_of(p_text text) returns integer language sql as $$ select length(p_text) $$;
`;

let postgres: Postgres;
let projectDir: string;
let supabase: Supabase;
let service: SupabaseClient;
let anon: SupabaseClient;

beforeAll(async () => {
  projectDir = await mkdtemp(join(tmpdir(), "banzuke-supabase-"));
  await mkdir(join(projectDir, "supabase", "migrations"), { recursive: true });
  await writeFile(join(projectDir, "supabase", "migrations", "20260101000000_books.sql"), MIGRATION);
  postgres = await startTestPostgres();
  supabase = await startSupabase({ postgresUrl: postgres.url, projectDir, dataDir: projectDir });
  service = clientWith(supabase.secretKey);
  anon = clientWith(supabase.publishableKey);
  await service.from("shelves").insert({ id: "a" });
});

afterAll(async () => {
  await supabase?.close();
  await postgres?.stop();
  await rm(projectDir, { recursive: true, force: true });
});

function clientWith(key: string): SupabaseClient {
  return createClient(supabase.url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

describe("database errors answered as PostgREST does", () => {
  it.each([
    ["23505", 409],
    ["23503", 409],
    ["23514", 400],
    ["22P02", 400],
    ["P0001", 400],
    ["P0002", 500],
    ["PT402", 402],
    ["PT409", 409],
    ["40001", 500],
    ["40P01", 500],
    ["42501", 403],
    ["57014", 500],
  ])("%s is HTTP %i with code, message, details and hint", async (code, status) => {
    const answer = await service.rpc("fail_with", { p_code: code });
    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({
      code,
      message: "failed as asked",
      details: "a detail",
      hint: "a hint",
    });
  });

  it("names the constraint that a row broke", async () => {
    const twice = await service.from("shelves").insert({ id: "a" });
    expect([twice.status, twice.error?.code, twice.error?.details]).toEqual([
      409,
      "23505",
      "Key (id)=(a) already exists.",
    ]);
    const orphan = await service.from("books").insert({ id: "1", shelf_id: "nowhere", pages: 1 });
    expect([orphan.status, orphan.error?.code]).toEqual([409, "23503"]);
    const empty = await service.from("books").insert({ id: "1", shelf_id: "a", pages: 0 });
    expect([empty.status, empty.error?.code]).toEqual([400, "23514"]);
    expect(empty.error?.message).toContain("pages_are_positive");
  });

  it("answers 401 to anon where nothing is granted, and 404 for a function nobody made", async () => {
    const refused = await anon.from("books").select();
    expect([refused.status, refused.error?.code]).toEqual([401, "42501"]);
    expect((await service.rpc("no_such_function")).status).toBe(404);
  });
});

describe("values", () => {
  it("hands a jsonb array over as an array, not as a string", async () => {
    expect((await service.rpc("describe", { p_rows: [{ a: 1 }] })).data).toBe("array");
  });

  it("prints numbers as numbers and instants as ISO 8601", async () => {
    await service
      .from("books")
      .insert({ id: "2", shelf_id: "a", pages: 9, price: 0.1, printed_at: "2026-11-22T12:00:00+09:00" });
    const { data } = await service.from("books").select("price, printed_at").eq("id", "2").single();
    expect(data).toEqual({ price: 0.1, printed_at: "2026-11-22T03:00:00+00:00" });
  });

  it("takes 100,000 rows as arrays with nulls among them in one call", async () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `work-${i}, "quoted"`);
    const { data, error } = await service.rpc("count_missing", {
      p_ids: ids,
      p_counts: ids.map((_, i) => (i % 1000 === 0 ? null : i)),
      p_scores: ids.map(() => 0.00001),
    });
    expect(error).toBeNull();
    expect(data).toEqual({ rows: 100_000, missing: 100, sum: 1 });
  });

  it("takes a request of 30 MB", async () => {
    expect((await service.rpc("length_of", { p_text: "x".repeat(30_000_000) })).data).toBe(30_000_000);
  });
});

describe("the project", () => {
  it("serves on the same address with a new connection pool", async () => {
    await supabase.reopen();
    expect((await service.from("shelves").select()).data).toEqual([{ id: "a" }]);
  });

  it("signs sessions as hosted projects do: ES256, issuer and audience named, the key published", async () => {
    const { data } = await anon.auth.signUp({
      email: "es256@banzuke.test",
      password: "correct horse battery",
    });
    const token = data.session?.access_token ?? "";
    const claims = await verifyToken(token, { NEXT_PUBLIC_SUPABASE_URL: supabase.url });
    expect(claims).toMatchObject({
      sub: data.user?.id,
      role: "authenticated",
      iss: `${supabase.url}/auth/v1`,
    });
    const signedIn = createClient(supabase.url, supabase.publishableKey, {
      accessToken: async () => token,
    });
    expect((await signedIn.from("books").select()).status).toBe(403);
    const { data: renewed } = await anon.auth.refreshSession();
    await verifyToken(renewed.session?.access_token ?? "", { NEXT_PUBLIC_SUPABASE_URL: supabase.url });
    const another = await makeSigningKey("another");
    const forged = await another.sign({ ...claims });
    expect((await anon.auth.getUser(token)).data.user?.id).toBe(claims.sub);
    expect((await anon.auth.getUser(forged)).data.user).toBeNull();
    await anon.auth.signOut();
  });

  it("keeps its keys, so that a session outlives a restart", async () => {
    const { data } = await anon.auth.signUp({ email: "a@banzuke.test", password: "correct horse battery" });
    await supabase.close();
    const before = supabase;
    supabase = await startSupabase({ postgresUrl: postgres.url, projectDir, dataDir: projectDir });
    expect(supabase.secretKey).toBe(before.secretKey);
    const { data: user } = await clientWith(supabase.publishableKey).auth.getUser(data.session?.access_token);
    expect(user.user?.email).toBe("a@banzuke.test");
  });

  it("refuses a migration that was edited after it was applied, by name", async () => {
    const edited = await mkdtemp(join(tmpdir(), "banzuke-edited-"));
    await cp(projectDir, edited, { recursive: true });
    await writeFile(
      join(edited, "supabase", "migrations", "20260101000000_books.sql"),
      `${MIGRATION} select 1;`,
    );
    await expect(
      startSupabase({ postgresUrl: postgres.url, projectDir: edited, dataDir: edited }),
    ).rejects.toThrow("20260101000000_books.sql was edited after this database applied it");
    await rm(edited, { recursive: true });
  });

  it("names file and line of a migration that fails, and leaves nothing of it behind", async () => {
    const broken = await mkdtemp(join(tmpdir(), "banzuke-broken-"));
    await cp(projectDir, broken, { recursive: true });
    await writeFile(
      join(broken, "supabase", "migrations", "20260102000000_oops.sql"),
      "create table public.half (id int);\nselect nonsense;",
    );
    await expect(
      startSupabase({ postgresUrl: postgres.url, projectDir: broken, dataDir: broken }),
    ).rejects.toThrow(/20260102000000_oops\.sql failed: .*nonsense.* \(line 2\)/);
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    expect((await client.query("select to_regclass('public.half') as found")).rows).toEqual([
      { found: null },
    ]);
    await client.end();
    await rm(broken, { recursive: true });
  });

  it("clones test databases from one template, which alone is migrated", async () => {
    vi.stubEnv(TEST_POSTGRES_URL, postgres.url);
    const first = await createTestDatabase({ projectDir });
    const second = await createTestDatabase({ projectDir });
    const third = await createTestDatabase({ projectDir });
    const templates = await first.sql("select datname from pg_database where datname like 'template\\_%'");
    expect(templates).toHaveLength(1);
    await first.clientFor().from("shelves").insert({ id: "only here" });
    expect((await second.clientFor().from("shelves").select()).data).toEqual([]);
    expect((await first.clientFor(first.publishableKey).from("shelves").select()).status).toBe(401);
    await Promise.all([first.close(), second.close(), third.close()]);
    vi.unstubAllEnvs();
  });
});
