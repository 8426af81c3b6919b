/** The colours of the style sheet, in the theme on screen, as Plotly takes them: written out. */
import { useIsDark } from '../state/theme';

export interface Palette {
  readonly dark: boolean;
  readonly font: string;
  /** Any CSS colour, custom properties included, as rgb. */
  colour(css: string): string;
}

const palettes = new Map<boolean, Palette>();

/** The same object as long as the theme is the same. */
export function usePalette(): Palette {
  const dark = useIsDark();
  const palette = palettes.get(dark) ?? readPalette(dark);
  palettes.set(dark, palette);
  return palette;
}

function readPalette(dark: boolean): Palette {
  const known = new Map<string, string>();
  return {
    dark,
    font: getComputedStyle(document.documentElement).getPropertyValue('--sans').trim(),
    colour(css) {
      const resolved = known.get(css) ?? resolve(css);
      known.set(css, resolved);
      return resolved;
    },
  };
}

/** Only an element's own colour is computed; a custom property keeps its text. */
function resolve(css: string): string {
  const probe = document.createElement('span');
  probe.style.color = css;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
