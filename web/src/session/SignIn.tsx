/** Sign-in: by the identity provider, or in development as a demo user. */
import { Alert, Button, Center, Paper, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { isNowhere } from "~/hooks/focus";
import { useText } from "~/intl/useText";
import { leaveFor, type Provider } from "./provider";
import { goOn, signInAs } from "./session";

interface Development {
  readonly kind: "development";
  readonly people: readonly { readonly role: string; readonly name: string }[];
}

type Ways = Development | Provider | { readonly kind: "none" };

/** The whole page of somebody who is not signed in. */
export function SignIn() {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNowhere()) title.current?.focus();
  }, []);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={420} w="100%">
        <Title order={1} size="h3" mb="md" ref={title} tabIndex={-1}>
          {t("session.sign-in")}
        </Title>
        <Choice />
      </Paper>
    </Center>
  );
}

export function Choice() {
  const t = useText();
  const [ways, problem] = useWays();
  const [refused, setRefused] = useState(false);
  const enter = (going: Promise<void>) => going.catch(() => setRefused(true));
  if (problem) return <Alert color="red">{t("session.unreachable")}</Alert>;
  if (!ways) return null;
  return (
    <Stack>
      {ways.kind === "development" && <Text c="dimmed">{t("session.development")}</Text>}
      {ways.kind === "development" &&
        ways.people.map(({ role, name }) => (
          <Button key={role} variant="default" onClick={() => void enter(signInAs(role))}>
            {name}
          </Button>
        ))}
      {ways.kind === "oidc" && (
        <Button onClick={() => void enter(leaveFor(ways))}>{t("session.provider")}</Button>
      )}
      {ways.kind === "none" && <Alert>{t("session.no-way")}</Alert>}
      {refused && <Alert color="red">{t("session.refused")}</Alert>}
    </Stack>
  );
}

function useWays(): [Ways | undefined, boolean] {
  const [ways, setWays] = useState<Ways>();
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    fetch("/sign-in/ways")
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const found = (await answer.json()) as Ways;
        // One that has ended meanwhile is as good as none.
        if (found.kind === "oidc" && found.renewable) await goOn().catch(() => undefined);
        setWays(found);
      })
      .catch(() => setProblem(true));
  }, []);
  return [ways, problem];
}
