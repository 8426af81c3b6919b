/** Light, dark, or as the system has it. */
import { MoonIcon, SunIcon, SystemIcon } from '../icons';
import { Segmented } from '../Segmented';
import { setTheme, useTheme } from '../state/theme';

export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <Segmented
      label="Theme"
      value={theme}
      options={[
        { value: 'light', label: choice(<SunIcon />, 'Light'), title: 'Light' },
        { value: 'system', label: choice(<SystemIcon />, 'As the system'), title: 'As the system' },
        { value: 'dark', label: choice(<MoonIcon />, 'Dark'), title: 'Dark' },
      ]}
      onChange={setTheme}
    />
  );
}

function choice(icon: React.ReactNode, name: string) {
  return (
    <>
      {icon}
      <span className="visually-hidden">{name}</span>
    </>
  );
}
