/** The kinds of uploads, as data: permission, mutation, columns. */
import type { TypedDocumentNode } from "urql";
import type { Step } from "~/components/page/Page";
import type { MessageId } from "~/intl/locale";
import type { Text } from "~/intl/useText";
import { ROLES } from "~/people/people";
import { FIELD_NAMES, FIELDS } from "~/segments/segmentFields";
import type { Permission } from "~/session/Viewer";
import {
  type Report,
  UPLOAD_MEMBERS,
  UPLOAD_SEGMENTS,
  UPLOAD_USERS,
  type UploadInput,
} from "./queries";

export type KindName = "segments" | "members" | "users";

/** A column of the preview: where its value stands in a row, and what it is called. */
export interface Shown {
  readonly field: string;
  readonly name: MessageId;
  /** Formats a value that is not shown as it is. */
  readonly format?: (value: unknown, t: Text) => string;
}

export interface Kind {
  readonly name: KindName;
  readonly title: MessageId;
  readonly columns: MessageId;
  /** What a row creates, or changes, counted. */
  readonly things: MessageId;
  readonly needs: Permission;
  readonly document: TypedDocumentNode<Record<string, Report>, { input: UploadInput }>;
  readonly preview: readonly Shown[];
  /** Rows about what exists are a choice only where there is one: a membership is there or not. */
  readonly updates: boolean;
  /** Where one looks at what was recorded. */
  readonly lookAt: Step & { readonly path: string };
}

export const KINDS: Record<KindName, Kind> = {
  segments: {
    name: "segments",
    title: "uploads.segments",
    columns: "segments.columns",
    things: "uploads.segments.things",
    needs: "CHANGE_SEGMENTS",
    document: UPLOAD_SEGMENTS,
    preview: FIELD_NAMES.map((field) => ({ field, name: FIELDS[field].label })),
    updates: true,
    lookAt: { name: "uploads.segments.look", path: "/segments" },
  },
  members: {
    name: "members",
    title: "uploads.members",
    columns: "uploads.members.columns",
    things: "uploads.members.things",
    needs: "CHANGE_MEMBERS",
    document: UPLOAD_MEMBERS,
    preview: [
      { field: "segment", name: "uploads.field.segment" },
      { field: "user", name: "uploads.field.user" },
    ],
    updates: false,
    lookAt: { name: "uploads.segments.look", path: "/segments" },
  },
  users: {
    name: "users",
    title: "uploads.users",
    columns: "uploads.users.columns",
    things: "uploads.users.things",
    needs: "CHANGE_USERS",
    document: UPLOAD_USERS,
    preview: [
      { field: "username", name: "people.username" },
      { field: "email", name: "uploads.field.email" },
      { field: "firstName", name: "people.first-name" },
      { field: "lastName", name: "people.last-name" },
      { field: "code", name: "uploads.field.user-code" },
      { field: "roles", name: "people.roles", format: rolesInWords },
      { field: "segments", name: "uploads.field.segments" },
    ],
    updates: true,
    lookAt: { name: "uploads.users.look", path: "/users" },
  },
};

function rolesInWords(value: unknown, t: Text): string {
  const given = ROLES.filter((role) => Array.isArray(value) && value.includes(role));
  return given.map((role) => t(`people.${role}`)).join(", ");
}
