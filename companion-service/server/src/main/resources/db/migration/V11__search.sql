-- What lists of builds are searched by, so that an answer takes as long among millions as among few.

-- The packages that a build's tasks made, by what people look for. Follows the artifact, signed or not.
create table build_package (
    artifact_id  bigint primary key references artifact on delete cascade,
    build_id     bigint not null references build on delete cascade,
    name         text not null,
    epoch        integer not null,
    version      text not null,
    release      text,
    arch         text not null
);
insert into build_package (artifact_id, build_id, name, epoch, version, release, arch)
select a.id, t.build_id, p.name, coalesce(p.epoch, 0), p.version, p.release, p.arch
  from artifact a
  join task t on t.id = a.task_id and t.kind = 'build'
  join package p on p.id = a.package_id;
create index build_package_build on build_package (build_id);
create index build_package_name on build_package (name, build_id);
create index build_package_version on build_package (version, build_id);
create index build_package_release on build_package (release, build_id);
create index build_package_arch on build_package (arch, build_id);
create index build_package_epoch on build_package (epoch, build_id) where epoch > 0;

create index build_signed on build (signed, id);
create index build_released on build (released, id);
create index build_platform_platform on build_platform (platform_id, build_id);
create index build_source_ref on build_source (git_ref, build_id);
create index build_task_arch on build_task (arch, build_id);

-- Parts of addresses are found by their trigrams. A server without that extension has to read all addresses instead.
drop index build_source_url;
do $$
begin
    if exists (select 1 from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
        create index build_source_url on build_source using gin (url gin_trgm_ops);
    end if;
exception
    when insufficient_privilege then
        raise notice 'pg_trgm may not be installed here: builds are searched by project without an index';
end
$$;
