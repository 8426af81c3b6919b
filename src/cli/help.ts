export const help = `costate solve FILE.ocp [options]   solve the problem in the file
costate sweep FILE.ocp [options]   solve it for many values of parameters and initial states, on all cores
costate gallery                    list the example problems; the other commands take their names too

  --set NAME=VALUE          value of a parameter; may be repeated
  --initial STATE=VALUE     initial value of a state; may be repeated
  --guess FILE.json         start from {"x": [N+1][nx], "u": [N][nu]}; the output of --json is such a file
  --tolerance 1e-8          largest scaled error of a solution
  --tau T                   solve and differentiate at this barrier value: larger values smooth the solution
  --max-iterations 500      give up after so many iterations
  --time-limit 10000        give up after so many milliseconds
  --method NAME             interior-point, sqp (sequential quadratic programming), rti (one real-time iteration),
                            or admm (operator splitting, for linear-quadratic problems)
  --hessian NAME            of sqp and rti: exact, or gauss-newton
  --regularize NAME         of sqp and rti, where a stage Hessian is indefinite: none, mirror or project
  --globalization NAME      of sqp: merit (backtracking on a merit function), or full (full steps)
  --sensitivities [KIND]    derivatives with respect to every parameter and every fixed initial state: forward (of the
                            solution; the default), adjoint (of the function in --seed), value (of the optimal value,
                            first and second)
  --seed FILE.json          weights of a linear function of the solution: {"x": [N+1][nx], "u": [N][nu], "y": [N][ny],
                            "costates": [N+1][nx], "objective": 1, "constraints": [{"name": "speed", "upper": [...]}]},
                            what is left out has weight 0
  --sensitivity-hessian H   of forward sensitivities: exact, or gauss-newton to see how wrong that is
  --check-finite-differences   compare forward sensitivities with finite differences of re-solved problems
  --validity                LICQ, second order, strict complementarity, residual, condition number, and how far each
                            parameter may move before the active constraints change
  --optimality              second-order report: LICQ, reduced Hessian, active sides; takes long for large problems
  --json                    one JSON object instead of the readable summary
  --help                    this text

Of \`sweep\`; --set, --initial, --tolerance, --tau, the limits and the method are as above:
  --grid NAME=FROM:TO:COUNT   a parameter, or the initial value of a state, over evenly spread values; with :log at the end,
                            over equal ratios; up to three of them make a grid
  --sample KIND:COUNT[:SEED]  sobol or latin-hypercube points instead of a grid; saltelli: blocks of points, from which
                            Sobol indices of what is kept are estimated, with intervals
  --range NAME=FROM:TO      of a sample; as many as you like; without any, the ranges that the text gives its parameters
  --list FILE.csv           instances from a file: a line of names, then a line of numbers for each
  --keep LIST               what to keep, with commas: objective, status, message, iterations, kkt (largest residual),
                            active (active constraints), u0, x0, xN, or a variable: F, F@0, theta@N; default
                            objective,u0,status
  --sensitivities LIST      derivatives of these with respect to what is varied
  --start warm|cold         from the solution of a neighbour in the grid, or (the default) from the guess; where there are
                            several local minima, warm may find another one
  --backend auto|cpu|gpu    auto takes a GPU for large sweeps where there is one
  --polish all|marked|none  what the GPU has found in single precision is solved to the end on the CPU: all of it (the
                            default), what is above tolerance, or nothing; the rest keeps the GPU's derivatives
  --workers N               threads; default: one for each core
  --out FILE.csv|.json      write a row for each instance

The method is the interior point unless the text says otherwise; what is said here counts more than the text.
FILE.ocp may be - for standard input.
Exit code: 0 converged, 1 not converged, 2 the text or an argument is wrong.
`;
