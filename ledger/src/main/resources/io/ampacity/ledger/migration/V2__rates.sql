-- What is left of the requests and tokens that a key may use in a minute, over all gateways, at a time.
create table if not exists rate (
    key_name varchar(200) not null,
    kind varchar(20) not null,
    amount double precision not null,
    at timestamp with time zone not null,
    primary key (key_name, kind)
);
