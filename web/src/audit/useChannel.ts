/** The channels of commands, translated. */
import { useText } from "~/intl/useText";

const CHANNELS = ["API", "CLI", "CONSOLE", "RULE", "SYSTEM", "UPLOAD"] as const;

export function useChannel(): (channel: string) => string {
  const t = useText();
  return (channel) => {
    const known = CHANNELS.find((name) => name === channel);
    return known ? t(`audit.channel.${known}`) : channel;
  };
}
