/** The field manager of Planeboard's writes, which managedFields records for every field. */
export const FIELD_MANAGER = 'planeboard';

export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'planeboard';

/** The draft's id, on every object of a registration. A retry uses it to find what an earlier attempt created. */
export const REGISTRATION_ANNOTATION = 'planeboard.openchoreo.dev/registration';
/** On a Secret: the plane it was created for, such as `dataplanes/acme/prod`. */
export const PLANE_ANNOTATION = 'planeboard.openchoreo.dev/plane';
/** On every object of a registration: the API server's name for the user who registered it. */
export const REGISTERED_BY_ANNOTATION = 'planeboard.openchoreo.dev/registered-by';
/** Any change to the metadata makes the controller query the gateway at once; a refresh changes this annotation. */
export const REFRESHED_AT_ANNOTATION = 'planeboard.openchoreo.dev/refreshed-at';

/** On a plane: the replacements that are being written, by slot. Removed with the last write. */
export const REPLACING_ANNOTATION = 'planeboard.openchoreo.dev/replacing';
/** On a plane: the last replacement of each slot that can still be undone. */
export const REPLACED_ANNOTATION = 'planeboard.openchoreo.dev/replaced';
/** On a Secret: the id of the replacement that wrote it last. */
export const REPLACEMENT_ANNOTATION = 'planeboard.openchoreo.dev/replacement';

export const DISPLAY_NAME_ANNOTATION = 'openchoreo.dev/display-name';
export const DESCRIPTION_ANNOTATION = 'openchoreo.dev/description';
/** On a plane: whom to call. */
export const OWNER_ANNOTATION = 'planeboard.openchoreo.dev/owner';
/** On a plane: the http(s) address of its runbook. */
export const RUNBOOK_URL_ANNOTATION = 'planeboard.openchoreo.dev/runbook-url';

/** The namespace of OpenChoreo's control plane, and the default namespace for Secrets of cluster-wide planes. */
export const CONTROL_PLANE_NAMESPACE = 'openchoreo-control-plane';
