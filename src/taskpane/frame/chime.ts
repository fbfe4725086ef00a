/** Two short tones: higher and twice as many the worse it is. */
const TONE_S = 0.16;
const GAP_S = 0.06;
const LOUD = 0.25;

/** Browsers without sound, or before the first click, stay silent. */
export function playChime(urgent: boolean): void {
  try {
    const context = new AudioContext();
    const times = urgent ? 4 : 2;
    for (let at = 0; at < times; at += 1) {
      const start = context.currentTime + at * (TONE_S + GAP_S);
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = urgent ? 880 : 660;
      gain.gain.setValueAtTime(LOUD, start);
      gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + TONE_S);
      if (at === times - 1) tone.onended = () => void context.close();
    }
  } catch {
    // Nothing is lost: the alert stands on the screen, and the companion tells it too.
  }
}
