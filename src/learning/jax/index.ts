/** Layers in networks of jax-js: a door of its own, so that those who have no network need not load it. */
export { type LayerTensors, type LayerVjp, layerVjp } from './layerVjp';
export { type NetworkTask, networkInFront } from './networkInFront';
export { startJax } from './start';
export { type Chain, type ChainValue, throughLayer } from './throughLayer';
