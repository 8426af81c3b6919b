/** How an option looks with a value, for messages. */
const examples: Readonly<Record<string, string>> = {
  '--set': '--set mass=1.5',
  '--initial': '--initial position=0.5',
  '--guess': '--guess solution.json',
  '--tolerance': '--tolerance 1e-10',
  '--tau': '--tau 1e-3',
  '--max-iterations': '--max-iterations 500',
  '--time-limit': '--time-limit 2000, in milliseconds',
  '--method': '--method sqp',
  '--hessian': '--hessian gauss-newton',
  '--sensitivities': '--sensitivities adjoint',
  '--sensitivity-hessian': '--sensitivity-hessian gauss-newton',
  '--seed': '--seed seed.json',
  '--regularize': '--regularize project',
  '--globalization': '--globalization full',
  '--grid': '--grid mass=0.5:2:20',
  '--range': '--range mass=0.5:2',
  '--sample': '--sample sobol:1000',
  '--list': '--list values.csv',
  '--keep': '--keep objective,u0,status',
  '--backend': '--backend cpu',
  '--workers': '--workers 2',
  '--start': '--start cold',
  '--polish': '--polish marked',
  '--out': '--out sweep.csv',
};

export const example = (option: string): string => examples[option] ?? option;
