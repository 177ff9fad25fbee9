import { type LuaState, lauxlib, lua } from "fengari";
import { sha1 } from "../shebang-scripts";
import { type Reply, ReplyError } from "../types";
import type { Status } from "./command-table";
import { createLuaState, fromLua, toLua } from "./lua-state";
import { pushField, pushList, pushReply, readArguments, readField, readReply } from "./lua-values";

const CHUNK_NAME = "@user_script";

/** Runs one command for a script; a failure is a thrown ReplyError. */
export type CallCommand = (args: readonly string[]) => Reply | Status;

/** Redis' Lua scripting on a Lua in JavaScript. cjson, cmsgpack, struct and bit are not there. */
export class LuaScripts {
  readonly #state: LuaState;
  readonly #references = new Map<string, number>();

  constructor(call: CallCommand) {
    this.#state = createLuaState((L) => defineRedis(L, call));
  }

  /** Compiles a script and answers its sha1; throws Redis' error when it is no Lua. */
  load(source: string): string {
    const sha = sha1(source);
    if (this.#references.has(sha)) return sha;
    const L = this.#state;
    const bytes = toLua(source);
    if (lauxlib.luaL_loadbuffer(L, bytes, bytes.length, toLua(CHUNK_NAME)) !== lua.LUA_OK) {
      const reason = fromLua(lua.lua_tostring(L, -1));
      lua.lua_settop(L, 0);
      throw new ReplyError(`ERR Error compiling script (new function): ${reason}`);
    }
    this.#references.set(sha, lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX));
    return sha;
  }

  /** Whether a script with this sha1 was loaded. */
  has(sha: string): boolean {
    return this.#references.has(sha);
  }

  /** Forgets every script. */
  flush(): void {
    for (const reference of this.#references.values()) {
      lauxlib.luaL_unref(this.#state, lua.LUA_REGISTRYINDEX, reference);
    }
    this.#references.clear();
  }

  /** Runs a loaded script; an error in it is a thrown ReplyError in Redis 7's words. */
  run(sha: string, keys: readonly string[], args: readonly string[]): Reply {
    const reference = this.#references.get(sha);
    if (reference === undefined) throw new ReplyError("NOSCRIPT No matching script. Please use EVAL.");
    const L = this.#state;
    setGlobalList(L, "KEYS", keys);
    setGlobalList(L, "ARGV", args);
    lua.lua_pushcfunction(L, (inner) => describeError(inner, sha));
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, reference);
    const outcome = lua.lua_pcall(L, 0, 1, 1);
    const reply = outcome === lua.LUA_OK ? readReply(L) : new ReplyError(fromLua(lua.lua_tostring(L, -1)));
    lua.lua_settop(L, 0);
    return reply;
  }
}

function defineRedis(L: LuaState, call: CallCommand): void {
  const functions: Record<string, (L: LuaState) => number> = {
    call: (inner) => callCommand(inner, call, true),
    pcall: (inner) => callCommand(inner, call, false),
    error_reply: (inner) => pushSingleField(inner, "err"),
    status_reply: (inner) => pushSingleField(inner, "ok"),
    sha1hex(inner) {
      lua.lua_pushstring(inner, toLua(sha1(lua.lua_tostring(inner, 1) ?? "")));
      return 1;
    },
    log: () => 0,
  };
  lua.lua_createtable(L, 0, 10);
  for (const [name, run] of Object.entries(functions)) {
    lua.lua_pushstring(L, toLua(name));
    lua.lua_pushcfunction(L, run);
    lua.lua_rawset(L, -3);
  }
  ["LOG_DEBUG", "LOG_VERBOSE", "LOG_NOTICE", "LOG_WARNING"].forEach((name, level) => {
    lua.lua_pushstring(L, toLua(name));
    lua.lua_pushnumber(L, level);
    lua.lua_rawset(L, -3);
  });
  lua.lua_setglobal(L, toLua("redis"));
}

function callCommand(L: LuaState, call: CallCommand, raises: boolean): number {
  let reply: Reply | Status;
  try {
    reply = call(commandArguments(L));
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    reply = error;
  }
  pushReply(L, reply);
  return raises && reply instanceof ReplyError ? lua.lua_error(L) : 1;
}

function commandArguments(L: LuaState): string[] {
  const args = readArguments(L);
  if (args === undefined) {
    throw new ReplyError("ERR Lua redis lib command arguments must be strings or integers");
  }
  if (args.length === 0)
    throw new ReplyError("ERR Please specify at least one argument for this redis lib call");
  return args;
}

function pushSingleField(L: LuaState, name: "ok" | "err"): number {
  if (lua.lua_gettop(L) !== 1 || lua.lua_type(L, 1) !== lua.LUA_TSTRING) {
    pushField(L, "err", "ERR wrong number or type of arguments");
    return 1;
  }
  const text = fromLua(lua.lua_tostring(L, 1));
  pushField(L, name, name === "err" ? errorReply(text) : text);
  return 1;
}

// Redis takes the first word for the error's code where there are several words, and else puts ERR before it.
function errorReply(text: string): string {
  const message = text.replace(/^-/, "");
  return message.includes(" ") ? message : `ERR ${message}`;
}

/** Lua's error value as one text with the script and the line, as Redis 7 tells it. */
function describeError(L: LuaState, sha: string): number {
  const raised = readField(L, 1, "err");
  const message = raised ?? `ERR ${fromLua(lua.lua_tostring(L, 1))}`;
  lua.lua_pushstring(L, toLua(`${message} script: ${sha}, on @user_script:${currentLine(L)}.`));
  return 1;
}

function currentLine(L: LuaState): number {
  const debug = new lua.lua_Debug();
  for (let level = 1; lua.lua_getstack(L, level, debug); level += 1) {
    lua.lua_getinfo(L, toLua("Sl"), debug);
    if (debug.currentline > 0 && fromLua(debug.source) === CHUNK_NAME) return debug.currentline;
  }
  return 0;
}

// Set without the lock that keeps scripts from making globals.
function setGlobalList(L: LuaState, name: string, items: readonly string[]): void {
  lua.lua_pushglobaltable(L);
  lua.lua_pushstring(L, toLua(name));
  pushList(L, items);
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, -2);
}
