import { GraphError } from "../facebook/errors.ts";

/** Refusals of Threads' own: codes and subcodes as its developers report them. */
const refusal = (code: number, subcode: number, message: string, title: string, userMessage: string) =>
  new GraphError(message, { code, subcode, title, userMessage });

/** What a container gets that is not there, not ready, published before or expired: Threads does not tell these apart. */
export const noContainer = (id: string) =>
  refusal(24, 4279009, "The requested resource does not exist", "Media Not Found", `The media with id ${id} cannot be found.`);
export const badChildren = (ids: string[]) =>
  refusal(
    100,
    4279004,
    "Invalid parameter",
    "Invalid Carousel Children",
    `The children with IDs ${ids.join(", ")} are invalid, nonexistent, or expired.`,
  );
export const badLink = () => refusal(-1, 4279047, "Fatal", "Invalid Link Attachment", "The link attachment is not a valid address.");
export const tooManyLinks = () => new GraphError("THREADS_API__LINK_LIMIT_EXCEEDED: a post takes 5 links at most", { code: 100 });
export const fetchFailed = () =>
  refusal(1, 2207052, "An unknown error occurred", "Media download has failed", "The media could not be fetched from this URI.");
export const pictureTooBig = () =>
  refusal(36000, 2207004, "The image size is too large.", "Image size too large", "The image is too large to download.");
export const pictureFormat = () =>
  refusal(36001, 2207005, "The image format is not supported.", "Image format is not supported", "Use JPEG or PNG.");
export const pictureAspect = () =>
  refusal(36003, 2207009, "The aspect ratio is not supported.", "Aspect ratio is not supported", "10:1 at most, either way.");
export const dailyLimit = () =>
  refusal(9, 2207042, "Application request limit reached", "Daily limit", "You reached the maximum number of posts in 24 hours.");
export const restricted = () => refusal(10, 4279013, "User restricted", "User restricted", "This profile may not publish at the moment.");

/** Any limit of calls, by its code. */
export const limited = (code: number) => new GraphError(`(#${code}) Application request limit reached`, { code, transient: true });

export const missingPermission = (scope: string) =>
  new GraphError(`Application does not have permission for this action: ${scope}`, { type: "THApiException", code: 10 });

export const noFollowers = () =>
  new GraphError("THREADS_API__FEATURE_NOT_AVAILABLE: this profile has no linked Instagram account", { type: "THApiException", code: 100 });
