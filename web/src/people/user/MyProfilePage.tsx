/** The viewer's own entry in the directory. */
import { NotFound } from "~/components/page/NotFound";
import { useViewerUser } from "~/session/Viewer";
import UserPage from "./UserPage";

export default function MyProfilePage() {
  const user = useViewerUser();
  return user ? <UserPage id={user.id} /> : <NotFound />;
}
