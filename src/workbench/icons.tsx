/** The few icons of the page: strokes of one weight on a grid of 16, in the colour of the text around them. */
import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {children}
    </svg>
  );
}

export const ResetIcon = () => (
  <Icon>
    <path d="M3.2 8a4.8 4.8 0 1 0 1.5-3.5M3 2.8v2.6h2.6" />
  </Icon>
);

export const UndoIcon = () => (
  <Icon>
    <path d="M5.5 3 2.5 6l3 3M2.8 6H10a3.5 3.5 0 0 1 0 7H7" />
  </Icon>
);

export const LinkIcon = () => (
  <Icon>
    <path d="M6.5 9.5a2.8 2.8 0 0 0 4 0l2.3-2.3a2.8 2.8 0 0 0-4-4l-.9.9M9.5 6.5a2.8 2.8 0 0 0-4 0L3.2 8.8a2.8 2.8 0 0 0 4 4l.9-.9" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="m3 8.5 3.2 3.2L13 4.8" />
  </Icon>
);

export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.5 14.2 13H1.8zM8 6.5v3M8 11.3v.2" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6.5 6v4M9.5 6v4" />
  </Icon>
);

export const BusyIcon = () => (
  <Icon>
    <path className="spin" d="M8 2a6 6 0 1 1-6 6" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <path d="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <path d="M2 3.5h12v7.5H2zM6 13.5h4M8 11v2.5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <path d="M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.2" />
  </Icon>
);

export const SaveIcon = () => (
  <Icon>
    <path d="M8 2.5v7.2M4.9 6.8 8 9.9l3.1-3.1M2.8 11.5v1.7h10.4v-1.7" />
  </Icon>
);

export const LearnIcon = () => (
  <Icon>
    <path d="M2.5 3c.8 6.2 3.4 9.6 11 9.8M5.3 8.2h.1M8.6 11.3h.1M13.4 12.8h.1" />
  </Icon>
);

export const StartIcon = () => (
  <Icon>
    <path d="M5 3v10l8-5z" />
  </Icon>
);

export const StepIcon = () => (
  <Icon>
    <path d="M4 3v10l6-5zM12.5 3v10" />
  </Icon>
);
