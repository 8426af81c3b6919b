/** Where the charts of a group stand, as the page lays them out; those that are scrolled out of sight have no place. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Size } from '../use-size';
import type { Place } from './frame';

export interface Places {
  /** Of the whole group, as far as it scrolls. */
  readonly size: Size;
  readonly places: readonly (Place | null)[];
}

/** Pixels beyond the edge that are drawn in advance. */
const ahead = 60;

export function usePlaces(keys: readonly string[]): [RefObject<HTMLDivElement | null>, Places | null] {
  const ref = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<Places | null>(null);
  const identity = JSON.stringify(keys);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other charts are other elements
  useLayoutEffect(() => {
    const group = ref.current;
    if (!group) return;
    const charts = [...group.querySelectorAll('.chart')];
    const measure = () => {
      const next = measured(group, charts);
      setFound((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [group, ...charts]) observer.observe(element);
    group.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      group.removeEventListener('scroll', measure);
    };
  }, [identity]);
  return [ref, found];
}

function measured(group: HTMLElement, charts: readonly Element[]): Places | null {
  const outer = group.getBoundingClientRect();
  if (outer.width === 0 || outer.height === 0) return null;
  const places = charts.map((chart) => {
    const { left, top, width, height } = chart.getBoundingClientRect();
    return { left: left - outer.left, top: top - outer.top + group.scrollTop, width, height };
  });
  const bottom = Math.max(group.clientHeight, ...places.map(({ top, height }) => Math.ceil(top + height)));
  const seen = ({ top, height }: Place) =>
    top + height > group.scrollTop - ahead && top < group.scrollTop + group.clientHeight + ahead;
  return {
    size: { width: group.clientWidth, height: bottom },
    places: places.map((place) => (seen(place) ? place : null)),
  };
}
