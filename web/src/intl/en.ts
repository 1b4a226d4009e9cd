/** English messages, from which the ids of all catalogues are typed. */
import app from "~/app/messages.en.json";
import audit from "~/audit/messages.en.json";
import common from "~/components/messages.en.json";
import memberships from "~/memberships/messages.en.json";
import people from "~/people/messages.en.json";
import segments from "~/segments/messages.en.json";
import session from "~/session/messages.en.json";
import undo from "~/undo/messages.en.json";
import uploads from "~/uploads/messages.en.json";

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
