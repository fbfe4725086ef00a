/** The forecast's settings as a seller set them (stock/constants.ts); the rest is the seed's. */
import { constantOf, type ConstantId, type SetConstants } from "../stock/constants";
import { seedSettings, type ForecastSettings } from "../forecast/settings";

export function forecastSettings(set: SetConstants): ForecastSettings {
  const value = (id: ConstantId) => constantOf(set, id);
  const coefficients = [
    value("followersSmall"),
    value("followersMiddle"),
    value("followersLarge"),
    value("followersHuge"),
  ];
  return {
    ...seedSettings,
    multiplier: value("multiplier"),
    buffer: value("planBuffer"),
    firstTimeFactor: value("firstTime"),
    tiers: seedSettings.tiers.map(({ from, coefficient }, at) => ({
      from,
      coefficient: coefficients[at] ?? coefficient,
    })),
    summit: { ...seedSettings.summit, coefficient: value("followersTop") },
    coefficientUnknown: value("followersUnknown"),
    coldShareLow: value("coldLow") / 100,
    coldShareHigh: value("coldHigh") / 100,
    creatorAskMultiple: value("creatorAsk"),
  };
}
