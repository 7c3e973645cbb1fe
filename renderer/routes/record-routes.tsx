import { createRoute } from '@tanstack/react-router';
import { RecordPage } from '../record-page/record-page.tsx';
import { rootRoute } from './root-route.tsx';

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$id',
  component: function AccountPage() {
    return <RecordPage object="accounts" id={accountRoute.useParams().id} />;
  },
});

const contactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts/$id',
  component: function ContactPage() {
    return <RecordPage object="contacts" id={contactRoute.useParams().id} />;
  },
});

const opportunityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/opportunities/$id',
  component: function OpportunityPage() {
    return <RecordPage object="opportunities" id={opportunityRoute.useParams().id} />;
  },
});

const productRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products/$id',
  component: function ProductPage() {
    return <RecordPage object="products" id={productRoute.useParams().id} />;
  },
});

export const recordRoutes = [accountRoute, contactRoute, opportunityRoute, productRoute] as const;
