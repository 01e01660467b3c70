// Every screen of the phone page by the first word behind #/; the map has none. All get the same props (Shared); what
// most people never see is fetched when it is opened first.
import { lazy } from "../lib/lazy.js";
import { HomeScreen } from "./screens/home.js";

/**
 * What every screen is given.
 * @typedef {object} Shared
 * @property {import("./app.js").Parts} parts
 * @property {import("../lib/types").Home} home
 * @property {import("../lib/types").Contest} contest
 * @property {import("../lib/types").Me | null} me
 * @property {string} level the key of the level that is played
 * @property {string} [seen] proves that its material was opened
 * @property {string} fresh the level that was just unlocked
 * @property {number} now by the server's clock
 * @property {boolean} elder whether the type is large
 * @property {(on: boolean) => void} setElder
 * @property {(to: string) => void} go to another screen
 * @property {() => void} left back to the map
 * @property {(level: string) => void} play
 * @property {(then: () => any) => void} signIn asks who the player is, then goes on
 * @property {() => void} rename
 * @property {() => void} register asks for what earning needs
 * @property {() => Promise<any>} refresh asks anew how the player stands
 * @property {(result: import("../lib/types").Result) => void} finished
 * @property {() => void} forgotten the player's information is deleted
 * @property {(what?: "change") => void} prove asks who the player is in person; change: by another phone
 * @property {() => void} signedOut nobody plays on this phone any more
 * @property {boolean} sharing whether many people use this device
 * @property {(on: boolean) => void} setSharing
 */

export const PlayScreen = lazy(() => import("./screens/play.js"), "PlayScreen");
/** What / shows where several contests may be meant; it is no place of a contest. */
export const ChooseScreen = lazy(() => import("./screens/choose.js"), "ChooseScreen");
const MaterialScreen = lazy(() => import("./screens/material.js"), "MaterialScreen");
const PaperScreen = lazy(() => import("./screens/paper.js"), "PaperScreen");
const PledgeScreen = lazy(() => import("./screens/pledge.js"), "PledgeScreen");

/** @type {Record<string, any>} */
const screens = {
  review: lazy(() => import("./screens/review.js"), "ReviewScreen"),
  draw: lazy(() => import("./screens/draw.js"), "DrawScreen"),
  prizes: lazy(() => import("./screens/prizes.js"), "PrizesScreen"),
  winners: lazy(() => import("./screens/winners.js"), "WinnersScreen"),
  invite: lazy(() => import("./screens/invite.js"), "InviteScreen"),
  rank: lazy(() => import("./screens/ranking.js"), "RankingScreen"),
  lists: lazy(() => import("./screens/lists.js"), "ListsScreen"),
  mistakes: lazy(() => import("./screens/mistakes.js"), "MistakesScreen"),
  gains: lazy(() => import("./screens/gains.js"), "GainsScreen"),
  me: lazy(() => import("./screens/me.js"), "MeScreen"),
  spots: lazy(() => import("./screens/spots.js"), "SpotsScreen"),
  team: lazy(() => import("./screens/team.js"), "TeamScreen"),
  appeal: lazy(() => import("./screens/appeal.js"), "AppealScreen"),
  rules: lazy(() => import("./screens/rules.js"), "RulesScreen"),
};

/** @param {import("../lib/types").Home} home @param {string} level @returns {{mode?: string, material?: boolean}} */
const of = (home, level) => home.levels.filter((l) => l.key === level)[0] || {};

/** What plays a level. @param {import("../lib/types").Home} home @param {string} level */
export const playing = (home, level) => (of(home, level).mode ? PaperScreen : PlayScreen);

/** The screen of a place; the map where there is none. @param {string} name @param {Shared} shared */
export function screenOf(name, { contest, home, level }) {
  if (name === "pledge" && contest.pledge) return PledgeScreen;
  if (name === "level" && !level) return HomeScreen;
  if (name === "level") return of(home, level).material ? MaterialScreen : playing(home, level);
  return screens.hasOwnProperty(name) ? screens[name] : HomeScreen;
}
