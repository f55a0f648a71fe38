/** What a page of a listing says, whatever is listed. Every observable of listings starts here. */
import { hadoop } from '#proto';
import type { OMResponse, Outcome } from '../wire/outcome.js';

/** Names on a page, or undefined where the outcome is no page of a listing. */
export function namesIn(outcome: Outcome): string[] | undefined {
  if (outcome.kind !== 'answered' || outcome.response.status !== hadoop.ozone.Status.OK) return undefined;
  return namesOf(outcome.response);
}

/** Whether a page says that there is more behind it; undefined where its kind of listing says nothing of that. */
export function saysMore({ listKeysResponse, listKeysLightResponse }: OMResponse): boolean | undefined {
  return (listKeysResponse ?? listKeysLightResponse)?.isTruncated ?? undefined;
}

function namesOf(response: OMResponse): string[] | undefined {
  const { listVolumeResponse, listBucketsResponse, listKeysResponse, listKeysLightResponse } = response;
  if (listVolumeResponse != null) return (listVolumeResponse.volumeInfo ?? []).map(({ volume }) => volume);
  if (listBucketsResponse != null) return (listBucketsResponse.bucketInfo ?? []).map(({ bucketName }) => bucketName);
  if (listKeysResponse != null) return (listKeysResponse.keyInfo ?? []).map(({ keyName }) => keyName);
  if (listKeysLightResponse != null) {
    return (listKeysLightResponse.basicKeyInfo ?? []).map(({ keyName }) => keyName ?? '');
  }
  return undefined;
}
