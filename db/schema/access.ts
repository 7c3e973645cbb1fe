import { boolean, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { byDatabase, key, moment, origin, syncColumns, times, wholeRowSync } from './columns.ts';
import { permissionScope } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    currency: text('currency').notNull().default('USD'),
    locale: text('locale').notNull().default('en-US'),
    timezone: text('timezone').notNull().default('UTC'),
    ...times,
    ...wholeRowSync,
  },
  (table) => [primaryKey({ name: 'workspaces_pkey', columns: [table.id] })],
);

export const teams = pgTable(
  'teams',
  {
    ...key,
    name: text('name').notNull(),
    region: text('region'),
    managerId: uuid('manager_id'),
    parentTeamId: uuid('parent_team_id'),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'teams_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'teams_manager_fkey',
      columns: [table.workspaceId, table.managerId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'teams_parent_team_fkey',
      columns: [table.workspaceId, table.parentTeamId],
      to: (): ReferenceColumns => [table.workspaceId, table.id],
    }),
    reference({
      name: 'teams_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const users = pgTable(
  'users',
  {
    ...key,
    email: text('email'),
    fullName: text('full_name'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    title: text('title'),
    phone: text('phone'),
    avatarUrl: text('avatar_url'),
    passwordHash: text('password_hash'),
    loginRole: text('login_role'),
    isActive: boolean('is_active').notNull().default(true),
    isLocal: boolean('is_local').notNull().default(false),
    teamId: uuid('team_id'),
    managerId: uuid('manager_id'),
    locale: text('locale'),
    timezone: text('timezone'),
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'users_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'users_manager_fkey',
      columns: [table.workspaceId, table.managerId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'users_team_fkey',
      columns: [table.workspaceId, table.teamId],
      to: (): ReferenceColumns => [teams.workspaceId, teams.id],
    }),
    reference({
      name: 'users_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const roles = pgTable(
  'roles',
  {
    ...key,
    roleName: text('role_name').notNull(),
    description: text('description'),
    isSystem: boolean('is_system').notNull().default(false),
    ...times,
    updatedBy: uuid('updated_by'),
    ...wholeRowSync,
  },
  (table) => [
    primaryKey({ name: 'roles_pkey', columns: [table.workspaceId, table.id] }),
    unique('roles_role_name_key').on(table.workspaceId, table.roleName),
    reference({
      name: 'roles_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const permissions = pgTable(
  'permissions',
  {
    ...key,
    object: text('object').notNull(),
    action: text('action').notNull(),
    permissionName: text('permission_name').notNull().generatedAlwaysAs(byDatabase),
    description: text('description'),
  },
  (table) => [
    primaryKey({ name: 'permissions_pkey', columns: [table.workspaceId, table.id] }),
    unique('permissions_permission_name_key').on(table.workspaceId, table.permissionName),
    reference({
      name: 'permissions_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const rolePermissions = pgTable(
  'role_permissions',
  {
    workspaceId: uuid('workspace_id').notNull(),
    roleId: uuid('role_id').notNull(),
    permissionId: uuid('permission_id').notNull(),
    scope: permissionScope('scope').notNull().default('own'),
    updatedAt: times.updatedAt,
    updatedBy: uuid('updated_by'),
    ...wholeRowSync,
  },
  (table) => [
    primaryKey({
      name: 'role_permissions_pkey',
      columns: [table.workspaceId, table.roleId, table.permissionId],
    }),
    reference({
      name: 'role_permissions_permission_fkey',
      columns: [table.workspaceId, table.permissionId],
      to: (): ReferenceColumns => [permissions.workspaceId, permissions.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'role_permissions_role_fkey',
      columns: [table.workspaceId, table.roleId],
      to: (): ReferenceColumns => [roles.workspaceId, roles.id],
      onDelete: 'cascade',
    }),
  ],
);

export const userRoles = pgTable(
  'user_roles',
  {
    workspaceId: uuid('workspace_id').notNull(),
    userId: uuid('user_id').notNull(),
    roleId: uuid('role_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: origin.createdBy,
    ...wholeRowSync,
  },
  (table) => [
    primaryKey({ name: 'user_roles_pkey', columns: [table.workspaceId, table.userId, table.roleId] }),
    reference({
      name: 'user_roles_role_fkey',
      columns: [table.workspaceId, table.roleId],
      to: (): ReferenceColumns => [roles.workspaceId, roles.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'user_roles_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
      onDelete: 'cascade',
    }),
  ],
);
