/** Every rule that a post is held to before it goes out, one by one. Pure. */

import { type Platform, platforms } from "./contract.ts";
import { limits, type Mark, type RuleLimits, type RuleName } from "./limits.ts";

export type Rule = { [Name in RuleName]: { id: string; platform: Platform; name: Name; limit: RuleLimits[Name]; mark: Mark } }[RuleName];

/** The rules of all platforms. Those of the house, which no platform asks for, are not among them (problems.ts). */
export const rules: readonly Rule[] = platforms.flatMap((platform) =>
  Object.entries(limits[platform]).map(([name, [limit, mark]]) => ({ id: `${platform}.${name}`, platform, name, limit, mark }) as Rule),
);

const byPlatform = new Map(platforms.map((platform) => [platform, rules.filter((rule) => rule.platform === platform)]));

/** A platform's rules in the order in which they are checked. */
export const rulesOf = (platform: Platform): readonly Rule[] => byPlatform.get(platform) ?? [];
