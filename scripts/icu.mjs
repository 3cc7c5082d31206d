// As much of ICU MessageFormat as it takes to compare two translations.

/**
 * The placeholders and tags of a message, such as "name", "count: plural", "<link>".
 * @throws {Error} when the message is malformed
 * @returns {Set<string>}
 */
export function placeholders(message) {
  const found = new Set();
  let at = 0;
  const fail = (why) => {
    throw new Error(`${why} in "${message}"`);
  };
  const take = (pattern) => {
    pattern.lastIndex = at;
    const match = pattern.exec(message);
    if (match) at = pattern.lastIndex;
    return match?.[1];
  };
  const expect = (sign) => (message[at] === sign ? at++ : fail(`"${sign}" is missing`));

  /** Reads text up to the brace that closes it, or to the end of the message. */
  const text = (depth) => {
    const open = [];
    for (; at < message.length && message[at] !== "}"; ) {
      if (take(/('')/y)) continue;
      if (take(/'([{}<>][^']*)'?/y) !== undefined) continue; // quoted
      const closing = take(/<\/(\w+)>/y);
      if (closing && open.pop() !== closing) fail(`</${closing}> closes nothing`);
      if (closing) continue;
      const tag = take(/<(\w+)>/y);
      if (tag) {
        open.push(tag);
        found.add(`<${tag}>`);
      } else if (message[at] === "{") argument();
      else at++;
    }
    if (open.length > 0) fail(`<${open[0]}> is not closed`);
    if (depth === 0 && at < message.length) fail("a brace closes nothing");
  };

  const argument = () => {
    expect("{");
    const name = take(/\s*(\w+)\s*/y) ?? fail("a placeholder has no name");
    if (message[at] !== ",") {
      found.add(name);
      return expect("}");
    }
    expect(",");
    const type = take(/\s*(\w+)\s*/y) ?? fail(`{${name}} has no type`);
    found.add(`${name}: ${type}`);
    if (["plural", "selectordinal", "select"].includes(type)) branches(name);
    else take(/([^{}]*)/y); // a format or skeleton
    return expect("}");
  };

  const branches = (name) => {
    expect(",");
    take(/\s*(offset:\d+)/y);
    const cases = [];
    for (let key = take(/\s*(=\d+|\w+)\s*(?=\{)/y); key; key = take(/\s*(=\d+|\w+)\s*(?=\{)/y)) {
      cases.push(key);
      expect("{");
      text(1);
      expect("}");
    }
    take(/(\s*)/y);
    if (!cases.includes("other")) fail(`{${name}} has no case "other"`);
  };

  text(0);
  return found;
}
