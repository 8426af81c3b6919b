/** How a problem is a layer: forward, backward, closed loop, networks, and what is learned in the experiments. */
import { Tex } from './Tex';

const r = String.raw;

export function LayerText() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <article className="layer-text" tabIndex={0} aria-label="How the layer works">
      <h3>The solver as a layer</h3>
      <p>
        A layer of a network maps inputs to outputs, and pulls derivatives back from its outputs to its inputs. An
        optimal control problem with parameters <Tex of="p" /> does the first by being solved:
      </p>
      <Tex display of={r`w^\star(p) = \arg\min_w f(w, p) \quad \text{s.t.}\quad g(w, p) = 0,\; h(w, p) \ge 0,`} />
      <p>
        where <Tex of="w" /> holds the states and controls of the whole horizon, and <Tex of="p" /> whatever the text
        calls a parameter, and the initial state. What leaves the layer is a part of <Tex of={r`w^\star`} />, often only
        the first control <Tex of="u_0" />: then the layer is a controller.
      </p>
      <h4>Forward</h4>
      <p>
        A batch of parameters is a batch of problems, solved by the interior-point method of the workbench. Every sample
        keeps its last solution and starts from it when it comes again. An instance that does not converge has no output
        and no gradient: it is left out, and counted.
      </p>
      <h4>Backward</h4>
      <p>
        With the multipliers in <Tex of="z" />, the solution obeys the optimality conditions at the barrier value{' '}
        <Tex of={r`\tau`} />, <Tex of={r`F(z^\star, p; \tau) = 0`} />. The implicit function theorem gives its
        derivative; the gradient of a loss <Tex of={r`\ell`} /> needs one linear system with the transposed matrix,
        however many parameters there are:
      </p>
      <Tex
        display
        of={r`\frac{\partial F}{\partial z}^{\!\top} a = -\nabla_{\!z}\,\ell, \qquad \nabla_{\!p}\,\ell = \frac{\partial F}{\partial p}^{\!\top} a .`}
      />
      <p>
        The matrix has the Hessian of the Lagrangian in it, <Tex of={r`\nabla^2_{ww} \mathcal L`} />. It has to be the
        exact one, whichever the solve used: that of Gauss and Newton leaves out the curvature of dynamics and
        constraints, finds the same solution, and gives another derivative. The orange curve in the figure is that
        mistake.
      </p>
      <h4>Kinks, and smoothing</h4>
      <p>
        Where a constraint becomes active or inactive the solution map has a kink. With a larger barrier value{' '}
        <Tex of={r`\tau`} /> the solution keeps a distance from its constraints, the multipliers obey{' '}
        <Tex of={r`\mu_i h_i = \tau`} /> instead of zero, and the map is smooth: a little biased, with derivatives that
        tell of constraints that are close. That is the green curve.
      </p>
      <h4>Through a closed loop</h4>
      <p>
        A controller <Tex of={r`u_k = \pi(x_k, \theta)`} /> acts on a plant <Tex of={r`x_{k+1} = F(x_k, u_k)`} /> that
        need not be its model. The gradient of the cost <Tex of={r`J = \sum_k l(x_k, u_k) + e(x_K)`} /> runs backwards
        through all samples, with the costate of the loop <Tex of={r`\lambda_K = \nabla e`} />:
      </p>
      <Tex
        display
        of={r`\begin{aligned} \bar u_k &= l_u + F_u^\top \lambda_{k+1}, \\ \lambda_k &= l_x + F_x^\top \lambda_{k+1} + \pi_x^\top \bar u_k, \\ \nabla_{\!\theta} J &= \textstyle\sum_k \pi_\theta^\top \bar u_k . \end{aligned}`}
      />
      <h4>Behind a network</h4>
      <p>
        A network with weights <Tex of="W" /> may tell the layer its parameters. Three maps are chained, and so are
        their vector-Jacobian products, in the opposite order:
      </p>
      <Tex
        display
        of={r`W \xrightarrow{\;\text{network}\;} p \xrightarrow{\;\text{layer}\;} w^\star \xrightarrow{\;\text{loss}\;} \ell .`}
      />
      <h4>What is learned</h4>
      <p>
        All experiments take steps by Adam; parameters that are positive move in their logarithms.{' '}
        <b>Recover the cost</b> minimises the squared distance of states and controls from an expert’s,{' '}
        <Tex of={r`\ell = \textstyle\sum_i \lVert x_i - \hat x_i\rVert^2 / \sum_i \lVert \hat x_i \rVert^2`} />, and the
        same for <Tex of="u" />. <b>Tune the controller</b> minimises <Tex of="J" />; beside it the same steps with
        central differences, which need two simulations for each parameter, and a random search that keeps what helps
        and adapts its reach so that one try in five does. A gradient counts as one simulation more. The controller
        solves to the end at every sample, or makes one real-time iteration from the sample before; then the gradient is
        that of the solutions which these follow, for their own map has none here. <b>A network in front</b> imitates
        the first control of an expert who knows mass and friction of a cart, from signs of its load and of the ground;
        beside it the same network without the MPC, which sees the state as well and gives the force itself.
      </p>
      <h4>To read</h4>
      <ul>
        <li>B. Amos et al., Differentiable MPC for End-to-end Planning and Control, NeurIPS 2018</li>
        <li>J. Frey et al., Differentiable Nonlinear Model Predictive Control, 2025</li>
        <li>D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015</li>
        <li>I. Rechenberg, Evolutionsstrategie, 1973</li>
      </ul>
    </article>
  );
}
