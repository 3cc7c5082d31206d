import { hash, verify } from "@node-rs/argon2";

const cost = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** argon2id at 19 MiB, two passes: the OWASP minimum. */
export const hashPassword = (password: string) => hash(password.normalize("NFKC"), cost);
export const checkPassword = (hashed: string, password: string) => verify(hashed, password.normalize("NFKC"));

/**
 * Compared against when nobody has the identity, so that an answer takes as long either way: the hash, at the same cost, of 32
 * random bytes that were kept nowhere.
 */
export const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$VUjHQn1FO5qX+B8HNKwlxw$GRYxgavlE0LehnLK8lxq4bXI7kwMZ+2LLiFKYfo/zdk";
