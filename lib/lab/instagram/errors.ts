import { GraphError } from "../facebook/errors.ts";

/** Refusals of Instagram's own; codes and subcodes as in Meta's "Error Codes" for the Instagram Platform. */
const refusal = (code: number, subcode: number, title: string, userMessage: string) =>
  new GraphError(userMessage, { code, subcode, title, userMessage });

export const fetchFailed = () =>
  refusal(9004, 2207052, "Media download has failed", "The media could not be fetched from this URI, which must be publicly reachable.");
export const fetchTimedOut = () => refusal(-2, 2207003, "Timeout", "It takes too long to download the media.");
export const pictureTooBig = () =>
  refusal(36000, 2207004, "Image size too large", "The image is too large to download. It should be less than 8 MiB.");
export const pictureFormat = () => refusal(36001, 2207005, "Image format is not supported", "The image format is not supported: use JPEG.");
export const pictureAspect = () =>
  refusal(36003, 2207009, "Aspect ratio is not supported", "The submitted image with this aspect ratio cannot be published.");
export const captionTooLong = () =>
  refusal(36004, 2207010, "Caption too long", "The caption was too long: 2,200 characters, 30 hashtags and 20 @ tags at most.");
export const badCarousel = () =>
  refusal(100, 2207028, "Carousel validation failed", "A carousel takes 2 to 10 items that are ready for it.");
export const notReady = () => refusal(9007, 2207027, "Media not ready", "The media is not ready for publishing, please wait for a moment.");
export const noContainer = () =>
  refusal(24, 2207006, "Media not found", "The requested container cannot be published: make a new one and try again.");
export const dailyLimit = () =>
  refusal(9, 2207042, "Daily limit", "You reached maximum number of posts that is allowed to be published by Content Publishing API.");
export const suspected = () =>
  refusal(4, 2207051, "Action blocked", "We restrict certain activity to protect our community. Tell us if you think we made a mistake.");

export const unknownType = (type: string) => refusal(100, 2207023, "Unknown media type", `The media type ${type} is unknown.`);
export const unknownCollaborator = (name: string) =>
  new GraphError("Invalid user id", {
    code: 110,
    title: "Cannot invite collaborator",
    userMessage: `The account ${name} cannot be invited.`,
  });

/** The business-use-case limit, and any other limit by its code. */
export const limited = (code: number) => new GraphError(`(#${code}) Application request limit reached`, { code, transient: true });

export const missingPermission = (scope: string) =>
  new GraphError(`(#10) Application does not have permission for this action: ${scope}`, { code: 10 });
