/**
 * Documents without a view: what the hooks of react-relay do, as functions.
 *
 * With React, Relay's plugin for Babel, SWC or Vite puts the artifact in the place of each
 * `graphql` tag; here it is found by its name.
 */
import { createRequire } from "node:module";
import runtime from "relay-runtime";

const {
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  getSelector,
  getSingularSelector,
  requestSubscription,
} = runtime;
const require = createRequire(import.meta.url);

/** What relay-compiler made of a document. */
export function artifact(name) {
  return require(`./__generated__/${name}.graphql`);
}

/** Asks the service; the answer is kept in the store until the environment goes. */
export async function load(environment, name, variables) {
  const query = artifact(name);
  environment.retain(createOperationDescriptor(query, variables));
  return fetchQuery(environment, query, variables, { fetchPolicy: "network-only" }).toPromise();
}

/** What the store has of a query now. */
export function look(environment, name, variables) {
  const operation = createOperationDescriptor(artifact(name), variables);
  return environment.lookup(operation.fragment).data;
}

/** The data of a fragment within what a query gave. */
export function read(environment, fragment, reference) {
  const selector = getSelector(artifact(fragment), reference);
  return environment.lookup(selector).data;
}

/** The variables of a fragment, and whose it is: what a refetch begins with. */
export function selectorOf(fragment, reference) {
  return getSingularSelector(artifact(fragment), reference);
}

/** The response of a mutation; `options` are those of commitMutation. */
export function commit(environment, name, variables, options = {}) {
  return new Promise((onCompleted, onError) => {
    const mutation = artifact(name);
    commitMutation(environment, { mutation, variables, onCompleted, onError, ...options });
  });
}

/** The first response of a subscription, which is then left. */
export function first(environment, name, variables) {
  return new Promise((resolve, onError) => {
    const left = requestSubscription(environment, {
      subscription: artifact(name),
      variables,
      onNext: (response) => {
        resolve(response);
        queueMicrotask(() => left.dispose());
      },
      onError,
    });
  });
}
