export const help = `costate solve FILE.ocp [options]   solve the problem in the file
costate gallery                    list the example problems; \`solve\` takes their names too

  --set NAME=VALUE          value of a parameter; may be repeated
  --initial STATE=VALUE     initial value of a state; may be repeated
  --guess FILE.json         start from {"x": [N+1][nx], "u": [N][nu]}; the output of --json is such a file
  --tolerance 1e-8          largest scaled error of a solution
  --tau T                   solve and differentiate at this barrier value: larger values smooth the solution
  --max-iterations 500      give up after so many iterations
  --time-limit 10000        give up after so many milliseconds
  --method NAME             interior-point, sqp (sequential quadratic programming) or rti (one real-time iteration)
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

The method is the interior point unless the text says otherwise; what is said here counts more than the text.
FILE.ocp may be - for standard input.
Exit code: 0 converged, 1 not converged, 2 the text or an argument is wrong.
`;
