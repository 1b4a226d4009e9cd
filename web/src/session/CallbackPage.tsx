/** The redirect target of the identity provider. */
import { Alert, Anchor, Center } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useText } from "~/intl/useText";
import { returned } from "./provider";

export function CallbackPage() {
  const t = useText();
  const [problem, setProblem] = useState<string>();
  const began = useRef(false);
  useEffect(() => {
    if (began.current) return; // a code is good once
    began.current = true;
    returned()
      .then((place) => location.replace(place))
      .catch((error: Error) => setProblem(error.message));
  }, []);
  if (problem === undefined) return null;
  return (
    <Center component="main" mih="100vh" p="md">
      <Alert color="red" title={t("session.refused")}>
        {problem} <Anchor href="/">{t("session.sign-in")}</Anchor>
      </Alert>
    </Center>
  );
}
