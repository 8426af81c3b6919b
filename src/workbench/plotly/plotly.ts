/** Plotly with the traces that are drawn here and no others: a chunk of its own. Its core brings the scatter trace. */

import contour from 'plotly.js/lib/contour';
import plotly from 'plotly.js/lib/core';
import heatmap from 'plotly.js/lib/heatmap';

plotly.register([heatmap, contour]);

export { plotly };
