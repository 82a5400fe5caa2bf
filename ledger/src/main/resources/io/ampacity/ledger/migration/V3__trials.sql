-- How a trial stands over all gateways: what the pool on trial and the others did in this count, and the others in the last.
create table if not exists trial (
    name varchar(1000) not null,
    stage integer not null,
    stage_began timestamp with time zone not null,
    passed boolean not null,
    verdict varchar(1000),
    own_ended bigint not null,
    own_failed bigint not null,
    own_first_tokens bigint not null,
    own_first_token_seconds double precision not null,
    others_ended bigint not null,
    others_failed bigint not null,
    others_first_tokens bigint not null,
    others_first_token_seconds double precision not null,
    before_ended bigint not null,
    before_failed bigint not null,
    before_first_tokens bigint not null,
    before_first_token_seconds double precision not null,
    primary key (name)
);
