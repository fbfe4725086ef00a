/**
 * Where the data lies when STREAMSTOCK_HOME does not say: a folder of the user's own, where the
 * platform keeps an application's data. Plain CommonJS, since both the start script, which is not
 * built, and the companion, which is, must name the same place.
 */
"use strict";
const { homedir } = require("node:os");
const { join } = require("node:path");

function defaultHome(env, platform) {
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "StreamStock");
  }
  if (platform === "darwin") {
    return join(homedir(), "Library", "Application Support", "StreamStock");
  }
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "streamstock");
}

module.exports = { defaultHome };
