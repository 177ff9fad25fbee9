import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lite, openLite } from "@/scripts/local/supabase-lite";
import { createHostedDatabase, type HostedDatabase } from "@/tests/support/hosted-database";
import { ACTS_AS_OWNER, CALLERS, type Caller, RULES } from "@/tests/support/privilege-rules";
import { type DatabaseObject, listObjects, walk } from "@/tests/support/privilege-walk";

describe.each(["everything", "nothing"] as const)("where new objects are granted %s", (grants) => {
  let database: HostedDatabase;
  let lite: Lite;
  let before: Map<string, DatabaseObject>;
  let claims: Record<Caller, Record<string, string>>;
  let clients: Record<Caller, SupabaseClient>;

  const objects = async () =>
    [...(await listObjects(database.sql)).values()].filter(({ identity }) => !before.has(identity));
  const clientFor = (key: string) =>
    createClient("http://supabase.test", key, {
      global: { fetch: async (input, init) => lite.fetch(new Request(input, init)) },
      auth: { persistSession: false, autoRefreshToken: false },
    });
  const signUp = async (email: string) => {
    const client = clientFor(database.keys.publishableKey);
    const { data } = await client.auth.signUp({ email, password: "correct horse battery" });
    if (!data.user) throw new Error(`${email} could not sign up`);
    return { client, id: data.user.id };
  };

  beforeAll(async () => {
    database = await createHostedDatabase(grants);
    before = await listObjects(database.sql);
    await database.migrate();
    lite = await openLite({ postgresUrl: database.url, keys: database.keys, poolSize: 4 });
    const [stranger, admin] = [await signUp("stranger@banzuke.test"), await signUp("admin@banzuke.test")];
    await database.sql.query("insert into public.admins (user_id) values ($1)", [admin.id]);
    claims = { anon: {}, stranger: { sub: stranger.id }, admin: { sub: admin.id }, service_role: {} };
    clients = {
      anon: clientFor(database.keys.publishableKey),
      stranger: stranger.client,
      admin: admin.client,
      service_role: clientFor(database.keys.secretKey),
    };
  });
  afterAll(async () => {
    await lite?.close();
    await database?.close();
  });

  it("everybody may do what the rules say and nothing else, with every table, view, sequence and function", async () => {
    expect(await walk(database.sql, await objects(), RULES, claims)).toEqual([]);
  });

  const overHttp = async () => {
    const open: string[] = [];
    // Triggers are no part of the Data API.
    const served = (await objects()).filter(({ name }) => RULES.get(name)?.service_role);
    for (const { name, kind, argumentNames } of served) {
      const values = Object.fromEntries(argumentNames.map((argument) => [argument, null]));
      const asks = CALLERS.map(async (caller) => {
        const { status, error } =
          kind === "function"
            ? await clients[caller].rpc(name.slice(0, -2), values)
            : await clients[caller].from(name).select("*").limit(1);
        const refused = error?.code === "42501" && status === (caller === "anon" ? 401 : 403);
        if (refused === (caller === "service_role"))
          open.push(`${caller} ${name} ${status} ${error?.message}`);
      });
      await Promise.all(asks);
    }
    return open;
  };
  // Where nothing is granted by itself, nothing more could be open.
  if (grants === "everything") {
    it("through the Data API too, only the server is answered", async () => {
      expect(await overHttp()).toEqual([]);
    });
  }

  it("only triggers act with the owner's rights, every function fixes its search path, every table has row security", async () => {
    const all = await objects();
    expect(
      all
        .filter((object) => object.actsAsOwner)
        .map((object) => object.name)
        .sort(),
    ).toEqual([...ACTS_AS_OWNER].sort());
    const { rows } = await database.sql.query(`
      select p.proname as loose from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosqlbody is null
        and not 'search_path=""' = any (coalesce(p.proconfig, '{}'))
      union all
      select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not c.relrowsecurity
      union all
      select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
        and not 'security_invoker=true' = any (coalesce(c.reloptions, '{}'))`);
    expect(rows).toEqual([]);
  });

  it("the walk fails for what is new without a rule, and for what somebody opened", async () => {
    await database.sql.query(`
      create table public.new_table (id integer);
      create view public.new_view as select 1 as one;
      create materialized view public.new_materialized_view as select 1 as one;
      create sequence public.new_sequence;
      create function public.new_function(p_text text) returns text language sql as 'select p_text';
      create function public.read_theme() returns integer language sql as 'select 1';
      grant select on public.articles to anon;
      grant truncate on public.themes to authenticated;
      grant select (email) on public.user_alert_settings to authenticated;
      grant execute on function public.ranking_checksum(text) to public;
      create policy mine on public.events for all to authenticated using (true) with check (true);
      grant update on public.events to authenticated;
      revoke select on public.works from service_role;
      drop function public.push_summary();`);
    expect(await walk(database.sql, await objects(), RULES, claims)).toEqual(
      expect.arrayContaining([
        "table public.new_table has no rule",
        "view public.new_view has no rule",
        "view public.new_materialized_view has no rule",
        "sequence public.new_sequence has no rule",
        "function new_function(text) has no rule",
        "anon can execute read_theme()",
        "anon can select public.articles",
        "stranger can truncate public.themes",
        "admin holds privileges on public.user_alert_settings",
        "anon can execute ranking_checksum(text)",
        "stranger can execute ranking_checksum(text)",
        "admin can update public.events",
        "service_role cannot select public.works",
        "the rule for push_summary() has no object",
      ]),
    );
  });
});
