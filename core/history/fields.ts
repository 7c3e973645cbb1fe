const customFields = 'custom_fields.';

/** How the history names a custom field: beside the columns, each as a field of its own. */
export function customFieldColumn(key: string): string {
  return `${customFields}${key}`;
}

/** The key of the custom field that the history names so; null for a column. */
export function customFieldKey(field: string): string | null {
  return field.startsWith(customFields) ? field.slice(customFields.length) : null;
}
