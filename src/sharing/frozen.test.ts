/** Links that have been in the wild: what they mean does not change. Never edit one; add those of a new codec. */
import { expect, it } from 'vitest';
import { initialView } from './document';
import { decodeLink } from './link';

const text = `title "Brake in time"
parameter most = 1 in [0.5, 2]
state p = 1
state v = 0
control a in [-most, most]
dynamics
  p' = v
  v' = a
minimize
  integral p^2 + 0.1*a^2
horizon 2 s in 10 steps, rk4
`;

it('c1: a text', () => {
  const link =
    '#c1:NY_BbgIxDER_xfKlUpui3VV7WamX_gYBySwuRCTONvGmBcS_N6HiNjP2G2muWHDsDSr_Ko6oTj2Dxc9EJwYnoC6wRSszJQqsnCDErPABfbuuu9W7gWFjJSspw9wOD1Oq6axMUTRFD3QHXhtu7iWV2p-FgpuyFYD5qf6XpkpTZCU4ccFduGVOlA-JPMzbAV6gW_XPtB2sHGNylygwQG79fQdZec4G0unNChosjn9wvOKRSQPNTX4vJHXoGUdZvDcYmPKSuM6nXY5-Ua5cnsi3aOfjdMKbwT0nV0hdqek_N9URdWjG8Yt8ZoOJ5NDsenO7_QE';
  expect(decodeLink(link)).toEqual({
    ok: true,
    kind: 'document',
    document: {
      text,
      parameters: new Map(),
      initial: new Map(),
      view: initialView,
    },
  });
});

it('c1: a text, values and a view', () => {
  const link =
    '#c1:VVBdT8MwDPwrll-QIJvawl4q8cLfaDrJdNYWrUlL4oZ9aP8dZ4hJvPnu7PPZV8zY1gaFT4ItipORweJHpCODCyDOs0UbZorkWTiCn5LAO9RF7ar1xkDT25CEhGEuwh_ICiobhilInEag-8CqjJu7iU7tzoG8G5INAPOT9udS5VKRDd4F592FC-eC8D7SCPO2gReo1vUzbRsbDlN0lylAA6n41xUk4TkZiMc3G9DgI3jCtuuwLEZTr5tN3xvUBeJovCszmpWeU-js-BvbKx6YxNNcyq-Fgj7nrD_K6uqZ0hJZUeSRxGVWMg00Fmo_Tp9qejO44-jyr_zfg7R9mMbFBwWnap1L96DZ9HEaVOLCBiOFfUGP2F1lXvu-v91-AA';
  expect(decodeLink(link)).toEqual({
    ok: true,
    kind: 'document',
    document: {
      text,
      parameters: new Map([['most', 1.25]]),
      initial: new Map([['p', -0.5]]),
      view: {
        heatmap: { quantity: 'v', measure: 'relative', scale: 'global' },
        derivative: { quantity: 'a', column: 'x0.v' },
        costates: true,
        ranges: new Map([['most', [0, 3]]]),
      },
    },
  });
});

it('g1: a gallery problem', () => {
  const link = '#g1:pendulum-swing-up';
  expect(decodeLink(link)).toEqual({ ok: true, kind: 'gallery', name: 'pendulum-swing-up' });
});
