/** Layers on a GPU: a door of its own, so that those who have none need not load it. */
export { type DeviceForward, type DeviceLayerResult, type LayerOnDevice, ocpLayerOnDevice } from './layerOnDevice';
