/** Under this field manager Planeboard writes, so that managedFields tell who wrote a field. */
export const FIELD_MANAGER = 'planeboard';

export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'planeboard';

/** The draft's id, on every object of a registration: a retry recognises by it what an earlier attempt wrote. */
export const REGISTRATION_ANNOTATION = 'planeboard.openchoreo.dev/registration';
/** On a Secret: the plane that it was made for, as `dataplanes/acme/prod`. */
export const PLANE_ANNOTATION = 'planeboard.openchoreo.dev/plane';
/** On every object of a registration: the user who registered it, as the API server knows them. */
export const REGISTERED_BY_ANNOTATION = 'planeboard.openchoreo.dev/registered-by';
/** Changed to make the controller ask the gateway at once: any change of the metadata does. */
export const REFRESHED_AT_ANNOTATION = 'planeboard.openchoreo.dev/refreshed-at';

export const DISPLAY_NAME_ANNOTATION = 'openchoreo.dev/display-name';
export const DESCRIPTION_ANNOTATION = 'openchoreo.dev/description';

/** Where OpenChoreo's control plane runs, and where Secrets of cluster-wide planes are put unless chosen otherwise. */
export const CONTROL_PLANE_NAMESPACE = 'openchoreo-control-plane';
