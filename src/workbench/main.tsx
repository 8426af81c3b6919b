/** Where the page begins. */
import './style/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startRemembering } from './state/address';
import { openAtStart } from './state/opening';
import { startFindingRadii } from './state/radii';
import { startSolving } from './state/solving';
import { applyTheme } from './state/theme';

applyTheme();
openAtStart();
startSolving();
startRemembering();
startFindingRadii();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
