// Permanent addresses of what the policy browser shows.
import { address } from "../route";

/** A rule by its full name, "microsoft.scvmm/server-not-clustered". */
export function ruleAddress(name: string): string {
  return address("policies", ["rule", ...name.split("/")]);
}

/** An article by its id, "KB956893". */
export function articleAddress(id: string): string {
  return address("policies", ["article", id]);
}

/** A term of the glossary. */
export function termAddress(term: string): string {
  return address("policies", ["term", term]);
}

/** A pack by its name; at one of its rules if that is given. */
export function packAddress(name: string): string {
  return address("policies", ["pack", name]);
}
