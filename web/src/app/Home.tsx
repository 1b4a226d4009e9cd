/** The start page: links to every page that the viewer may open. */
import { Anchor, Card, List, SimpleGrid, Title } from "@mantine/core";
import { Link } from "wouter";
import { Page } from "~/components/page/Page";
import { useText } from "~/intl/useText";
import { usePlaces } from "./places";

export function Home() {
  const t = useText();
  const groups = usePlaces();
  return (
    <Page title="app.site-admin" trail={[]}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {groups.map(({ title, places }) => (
          <Card key={title} withBorder component="section" aria-labelledby={title}>
            <Title order={2} size="h4" id={title} mb="xs">
              {t(title)}
            </Title>
            <List listStyleType="none" spacing="xs">
              {places.map(({ name, path }) => (
                <List.Item key={path}>
                  <Anchor component={Link} href={path}>
                    {t(name)}
                  </Anchor>
                </List.Item>
              ))}
            </List>
          </Card>
        ))}
      </SimpleGrid>
    </Page>
  );
}
