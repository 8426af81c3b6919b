/**
 * Random properties draw the same examples in every run, so that a red test is red again when it is looked into.
 * PROPERTY_SEED=random (or a number) draws others.
 */
import fc from 'fast-check';

const asked = process.env.PROPERTY_SEED;
const seed = asked === 'random' ? Date.now() | 0 : Number(asked ?? 20261123);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
