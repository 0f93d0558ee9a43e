import { setTimeout as wait } from 'node:timers/promises';
import type { Parcel } from './push/courier.ts';
import { patientTimeoutMs } from './push/frame-poster.ts';
import { pushParcel } from './push/push-parcel.ts';
import { stillEntitled } from './push/still-entitled.ts';
import { wireCourier } from './wiring.ts';

const { courier, service } = wireCourier(patientTimeoutMs);
const { clock, random } = service;

/** Posts one slice of a big fan-out, or a frame to clients that were not reached at once. */
export const handler = (parcel: Parcel): Promise<void> =>
  pushParcel(courier, parcel, { clock, random, wait }, (rest) => stillEntitled(service, rest));
