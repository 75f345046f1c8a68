package io.foreshard.addrsharding.route;

/** How much an announced range matters: routers may prefer one class to another by the attributes that a policy gives it. */
public enum RouteClass {
    /** Machines use addresses of it. */
    LIVE,
    /** Assigned and announced before machines need it. */
    PREFETCHED
}
