/** Arabic messages; right to left. */
import app from "~/app/messages.ar.json";
import audit from "~/audit/messages.ar.json";
import common from "~/components/messages.ar.json";
import memberships from "~/memberships/messages.ar.json";
import people from "~/people/messages.ar.json";
import segments from "~/segments/messages.ar.json";
import session from "~/session/messages.ar.json";
import undo from "~/undo/messages.ar.json";
import uploads from "~/uploads/messages.ar.json";

export default {
  ...app,
  ...audit,
  ...memberships,
  ...common,
  ...people,
  ...segments,
  ...session,
  ...undo,
  ...uploads,
};
